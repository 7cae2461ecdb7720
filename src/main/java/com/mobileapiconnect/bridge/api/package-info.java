/** The manners that every HTTP resource shares: problems, field checks, pages, limits. */
@NullMarked
package com.mobileapiconnect.bridge.api;

import org.jspecify.annotations.NullMarked;
