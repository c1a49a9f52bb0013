/** What the gateway itself answers when it cannot or will not relay. */
@NullMarked
package dev.sallyport.gateway.answer;

import org.jspecify.annotations.NullMarked;
