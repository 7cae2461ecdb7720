/** How the packages declare which others they may use. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.architecture;

import org.jspecify.annotations.NullMarked;
