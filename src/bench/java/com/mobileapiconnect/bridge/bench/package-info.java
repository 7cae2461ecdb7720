/** Load generator, verifying sink and the benchmark made of both; written to leave the cores to what they measure. */
@NullMarked
package com.mobileapiconnect.bridge.bench;

import org.jspecify.annotations.NullMarked;
