/** Where everything durable lives: one database, one writer that groups commits, a few readers. */
@NullMarked
package com.mobileapiconnect.bridge.store;

import org.jspecify.annotations.NullMarked;
