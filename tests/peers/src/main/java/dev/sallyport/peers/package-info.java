/** Other libraries' CORS, configured with the policies of the shared cases. */
@NullMarked
package dev.sallyport.peers;

import org.jspecify.annotations.NullMarked;
