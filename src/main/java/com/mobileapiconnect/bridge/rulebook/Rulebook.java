package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.rule.RuleSet;

/** A tenant's rules in one version. */
record Rulebook(String tenantId, RuleSet rules) {}
