package dev.sallyport.browsers;

/**
 * Something a page tries, and what its script must see of it.
 *
 * @param name said when it fails
 * @param page the page's host
 * @param script an expression of JavaScript, of the functions of {@code page.js}
 * @param expected the expression's value, as text
 */
record Case(String name, String page, String script, String expected) {
  @Override
  public String toString() {
    return name;
  }
}
