package com.mobileapiconnect.bridge.entry;

/**
 * A consumer of a route that can run beside another version of the same route: nothing enters by it until it takes over.
 * When it leaves or stops without a newer one, its place is empty. An entry can be suspended: Camel would stop the steps
 * behind it otherwise, and what has entered is still in them.
 */
public interface Entry {

    /**
     * Lets everything that comes from now on enter here, and nothing by the consumer before. Returns at once and cannot
     * fail; what has entered before goes on where it is.
     */
    void takeOver();

    /**
     * Lets nothing more enter here, unless a newer one has taken over, which is left alone. Returns at once and cannot fail;
     * what has entered before goes on, also to other entries of the same file.
     */
    void leave();
}
