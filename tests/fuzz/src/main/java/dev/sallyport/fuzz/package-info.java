/**
 * Targets for a fuzzer, one for each thing that is read from the network or a file. Each holds
 * laws, and throws when one is broken; {@code ./fuzz} runs them, and the ordinary build replays
 * what was found.
 */
@NullMarked
package dev.sallyport.fuzz;

import org.jspecify.annotations.NullMarked;
