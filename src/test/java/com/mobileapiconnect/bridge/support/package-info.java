/** What tests share: a bridge to run, a client to drive it, a receiver that remembers. */
@NullMarked
package com.mobileapiconnect.bridge.support;

import org.jspecify.annotations.NullMarked;
