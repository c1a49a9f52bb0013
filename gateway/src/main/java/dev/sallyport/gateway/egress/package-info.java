/**
 * Which addresses the gateway may call when somebody else than its configuration decides where a
 * request goes.
 */
@NullMarked
package dev.sallyport.gateway.egress;

import org.jspecify.annotations.NullMarked;
