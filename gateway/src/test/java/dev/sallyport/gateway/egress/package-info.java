@NullMarked
package dev.sallyport.gateway.egress;

import org.jspecify.annotations.NullMarked;
