package com.mobileapiconnect.bridge.api;

/** The bytes of a request that become a tree, of 1 MiB at most, regardless of the content type that its sender claimed. */
public record YamlBody(byte[] bytes) {}
