@NullMarked
package dev.sallyport.gateway.config;

import org.jspecify.annotations.NullMarked;
