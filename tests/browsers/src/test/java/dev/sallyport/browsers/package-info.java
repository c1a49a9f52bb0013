/** The built program judged by real browsers: pages, API and gateway on origins of their own. */
@NullMarked
package dev.sallyport.browsers;

import org.jspecify.annotations.NullMarked;
