/** The listener for operators: metrics, health, reloading. Kept apart from what pages call. */
@NullMarked
package dev.sallyport.gateway.admin;

import org.jspecify.annotations.NullMarked;
