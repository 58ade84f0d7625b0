/**
 * Who a server is, and which secret may be shown to it. A secret is nowhere held without the servers it is for:
 * whoever has a {@link dev.sessionrelay.http.Credential} can only ask it for the header of one request, and gets none
 * where the request goes elsewhere.
 */
@NullMarked
package dev.sessionrelay.http;

import org.jspecify.annotations.NullMarked;
