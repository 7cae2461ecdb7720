package com.mobileapiconnect.bridge.resource;

/** The file of {@code BRIDGE_RESOURCES}; blank for none. */
public record ResourcesFile(String path) {}
