/** Puts a CORS policy in front of a Spring Boot application. */
@NullMarked
package dev.sallyport.springboot;

import org.jspecify.annotations.NullMarked;
