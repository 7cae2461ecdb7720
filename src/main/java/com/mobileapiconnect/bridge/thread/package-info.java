/**
 * The threads that the bridge makes itself, all of them daemons.
 * <table>
 * <caption>By the name that a thread dump shows</caption>
 * <tr><th>name</th><th>how many</th><th>for</th></tr>
 * <tr><td>{@code store-writer}</td><td>1</td><td>everything that is written</td></tr>
 * <tr><td>{@code store-reader}</td><td>{@code bridge.store.readers}</td><td>what the bridge and phones read</td></tr>
 * <tr><td>{@code store-lists}</td><td>as many, 2 at least, in {@link FairThreads turns}</td><td>queries of lists, which may
 *     take long</td></tr>
 * <tr><td>{@code store-checkpoint}</td><td>1, SQLite only</td><td>copying the write-ahead log beside the writer</td></tr>
 * <tr><td>{@code store-tidy}</td><td>1, while erasures are tidied up after</td><td>removing what deleted rows have left in the
 *     files</td></tr>
 * <tr><td>{@code standby-stop}</td><td>1, when the process stops while it stands by</td><td>ending the wait for the
 *     database</td></tr>
 * <tr><td>{@code outbox-timer}</td><td>1</td><td>retries and rates of all lanes coming due; never waits</td></tr>
 * <tr><td>{@code outbox-commits}</td><td>1</td><td>what follows commits, in their order</td></tr>
 * <tr><td>{@code jobs}</td><td>1</td><td>deciding which job takes the next step; never waits</td></tr>
 * <tr><td>{@code outbox-steps}</td><td>1</td><td>changes of order trying again while the store refuses</td></tr>
 * <tr><td>{@code deliver}</td><td>twice {@code bridge.outbox.max-workers} and a few more; virtual from Java 21 on</td>
 *     <td>calls that wait: blocking senders, steps of routes; half of them are for calls that were given up and do not
 *     end</td></tr>
 * <tr><td>{@code deliver-steps}</td><td>as many, from Java 21 on; {@code deliver} before</td><td>calls through a route
 *     that has steps of an integrator</td></tr>
 * <tr><td>{@code deliver-quick}</td><td>as many as processors, at least 2; {@code deliver} from Java 21 on</td>
 *     <td>calls that wait for nothing but their receiver, at their beginning and end</td></tr>
 * <tr><td>{@code trial}</td><td>up to 2</td><td>routes being tried out</td></tr>
 * <tr><td>{@code calls}</td><td>a quarter of the processors, at least 1: {@link Loops}</td><td>calls of webhooks from their
 *     route to their outcome; for all HTTP calls connecting, writing requests, reading answers</td></tr>
 * <tr><td>{@code handshakes}</td><td>2</td><td>what TLS handshakes compute</td></tr>
 * <tr><td>{@code dns-deadlines}</td><td>1</td><td>ending the wait for name look-ups</td></tr>
 * <tr><td>{@code dns}</td><td>up to 64, in {@link FairThreads turns}</td><td>name look-ups, which cannot be
 *     interrupted</td></tr>
 * <tr><td>{@code mail}</td><td>up to 64, in turns</td><td>conversations with the mail server</td></tr>
 * <tr><td>{@code push}</td><td>up to {@code bridge.reply.pushes}, in turns</td><td>SMS pushed to gateways</td></tr>
 * <tr><td>{@code intake-steps}</td><td>up to {@code bridge.inbound.steps-at-once}, in turns; none with the product's own
 *     routes</td><td>requests of phones in the routes intake and accept once they have steps of an integrator</td></tr>
 * <tr><td>{@code hooks}</td><td>up to {@code bridge.hook.at-once}, in turns</td><td>requests to routes that serve
 *     HTTP</td></tr>
 * <tr><td>{@code database}</td><td>{@code maxConnections} of each tenant and database that is used,
 *     {@code bridge.resource.most-connections} in all</td><td>calls to databases of resources</td></tr>
 * <tr><td>{@code database-timer}</td><td>1, with the first of them</td><td>ending these calls in time, closing idle
 *     connections</td></tr>
 * <tr><td>{@code database-cut}</td><td>up to 32</td><td>cutting connections whose call is over</td></tr>
 * <tr><td>{@code database-close}</td><td>up to 2</td><td>closing what routes had of a database that was changed</td></tr>
 * <tr><td>{@code kafka}</td><td>1 for each producer that is used, up to 64, beside two of Kafka's own</td><td>sending
 *     records, asking for topics</td></tr>
 * <tr><td>{@code kafka-timer}</td><td>1, with the first of them</td><td>ending calls in time, closing idle producers</td></tr>
 * <tr><td>{@code folders}</td><td>up to 16, in {@link FairThreads turns}</td><td>writing files and lines into folders</td></tr>
 * <tr><td>{@code folder-timer}</td><td>1, with the first of them</td><td>ending these calls in time</td></tr>
 * <tr><td>{@code resource-check}</td><td>up to 4</td><td>trying out resources that are put</td></tr>
 * <tr><td>{@code fan-out}</td><td>1</td><td>deliveries of messages that have very many</td></tr>
 * <tr><td>{@code commit-patience}</td><td>1, while phones send</td><td>ending the wait for commits: {@link
 *     Patience}</td></tr>
 * <tr><td>{@code import}</td><td>1</td><td>SMS of phones' backups, on their way through the route</td></tr>
 * <tr><td>{@code backfill}</td><td>1</td><td>testing the conditions of connections that get earlier messages</td></tr>
 * <tr><td>{@code rule-replay}</td><td>1</td><td>evaluating rules again on stored messages, for jobs</td></tr>
 * <tr><td>{@code retired-actions}</td><td>1</td><td>burying the targets of actions that no rule has</td></tr>
 * <tr><td>{@code watch}</td><td>1</td><td>ending the process when the store's files are gone, or a thread is dead or does
 *     not move</td></tr>
 * <tr><td>{@code server}</td><td>up to {@code server.tomcat.threads.max}; Tomcat's virtual ones from Java 21 on</td><td>HTTP
 *     requests</td></tr>
 * <tr><td>{@code others}</td><td>a quarter of {@code bridge.connection.turns}, from Java 21 on</td><td>requests that are
 *     neither phones' nor the health's; before, those of the server</td></tr>
 * <tr><td>{@code server-pulse}</td><td>1</td><td>asking the HTTP server for a sign of life</td></tr>
 * <tr><td>{@code stop-deadline}</td><td>1</td><td>cutting a stop short that takes too long</td></tr>
 * <tr><td>{@code portal}</td><td>1, while people look at pages that are kept up to date</td><td>drawing these pages
 *     anew</td></tr>
 * <tr><td>{@code scheduled-}</td><td>2, Spring's</td><td>sweeps and other work of every few seconds</td></tr>
 * </table>
 */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.thread;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
