package com.mobileapiconnect.bridge.portal;

/**
 * Tells which browsers see the same.
 *
 * @param key      by which they have signed in
 * @param address  of the page, with its query
 * @param language of their texts
 */
record LiveId(String tenantId, String key, String address, String language) {}
