@org.jspecify.annotations.NullMarked
package dev.sallyport.gateway.accesslog;
