/** Loads the pipeline from the YAML in routes/. */
@NullMarked
package com.mobileapiconnect.bridge.route;

import org.jspecify.annotations.NullMarked;
