/** SMS to customers: automatic replies with their guards, what a tenant sends, and the phones that send them. */
@NullMarked
package com.mobileapiconnect.bridge.reply;

import org.jspecify.annotations.NullMarked;
