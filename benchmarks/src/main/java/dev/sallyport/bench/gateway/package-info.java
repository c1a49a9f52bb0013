/**
 * The gateway beside other proxies: each started with an equivalent configuration, under the same
 * load.
 */
@NullMarked
package dev.sallyport.bench.gateway;

import org.jspecify.annotations.NullMarked;
