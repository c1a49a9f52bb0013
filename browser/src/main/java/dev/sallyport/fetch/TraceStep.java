package dev.sallyport.fetch;

/**
 * One thing that the browser looked at.
 *
 * @param step what it is called: {@code CORS check}
 * @param anchor where the standard has it: {@code
 *     https://fetch.spec.whatwg.org/#concept-cors-check}
 * @param detail what was compared with what, and what came of it
 */
public record TraceStep(String step, String anchor, String detail) {}
