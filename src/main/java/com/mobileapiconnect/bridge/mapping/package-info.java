/** Values of a message in fields, texts and URLs: parsed once, typed, and never a part of their syntax. */
@MayUse("message")
@NullMarked
package com.mobileapiconnect.bridge.mapping;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
