/** What a decision costs: JMH benchmarks of the rules; docs/performance.md says how to run them. */
@NullMarked
package com.mobileapiconnect.bridge.bench.rule;

import org.jspecify.annotations.NullMarked;
