/** What is kept no longer: what ages out by itself, and what a person asks to have erased. */
@NullMarked
package com.mobileapiconnect.bridge.retention;

import org.jspecify.annotations.NullMarked;
