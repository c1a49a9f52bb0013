/** What a listener shows to speak TLS with: certificates, their keys, and which of them to whom. */
@NullMarked
package dev.sallyport.gateway.tls;

import org.jspecify.annotations.NullMarked;
