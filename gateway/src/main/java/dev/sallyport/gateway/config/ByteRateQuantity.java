package dev.sallyport.gateway.config;

/** So many bytes a second: {@code 240B/s}, {@code 1KiB/s}; 0 for {@code off}, which is no limit. */
record ByteRateQuantity(String example) implements Quantity<Long> {
  private static final String OFF = "off";
  private static final String PER_SECOND = "/s";

  /** A gibibyte a second: beyond it, nobody is let in. */
  private static final long MOST = 1L << 30;

  @Override
  public String expected() {
    return "a number of bytes a second, or off";
  }

  @Override
  public Long parse(String text) throws Fault {
    if (text.equals(OFF)) {
      return 0L;
    }
    boolean isRate = text.endsWith(PER_SECOND);
    String size = isRate ? text.substring(0, text.length() - PER_SECOND.length()) : text;
    if (!isRate || !SizeQuantity.isSize(size)) {
      throw new Fault(
          "is not a number of bytes a second: a size and /s. "
              + (SizeQuantity.isSize(size)
                  ? "Did you mean " + size + PER_SECOND + "?"
                  : "Write one such as " + example + ", or off for no limit."));
    }
    long bytes = new SizeQuantity(0, MOST, example).parse(size);
    if (bytes == 0) {
      throw new Fault("limits nothing. Write off for no limit, or one such as " + example + ".");
    }
    return bytes;
  }
}
