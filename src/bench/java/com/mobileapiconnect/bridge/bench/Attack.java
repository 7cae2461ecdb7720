package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;

/** What a phone that does nothing wrong sees before, during and after an attack that needs no key. */
final class Attack {

    private static final long LOOK_MILLIS = 50;
    private static final int PER_LOOK = 100;

    private final Options options;
    private final URI url;
    private final int connections;

    private Attack(Options options) {
        this.options = options;
        this.url = URI.create(options.required("url"));
        this.connections = (int) options.number("connections", 2500);
    }

    private void run() throws IOException, InterruptedException {
        Attackers.Kind kind = Attackers.Kind.named(options.required("kind"));
        InetSocketAddress to = new InetSocketAddress(url.getHost(), url.getPort());
        try (Witness witness = new Witness(url, options.required("token"), options.number("rate", 20));
                Attackers attackers =
                        new Attackers(kind, to, options.text("from").orElse("127.0.0.1"))) {
            Thread.sleep((long) (1000 * options.number("before", 10)));
            System.out.println(witness.tell("before"));
            attack(attackers);
            System.out.println(witness.tell("attack") + "   " + attackers);
            attackers.close();
            Thread.sleep(10_000);
            witness.tell("pause");
            Thread.sleep(10_000);
            System.out.println(witness.tell("after"));
        }
    }

    /** Opens them all, then so many a second in place of the oldest and of those that were ended. */
    private void attack(Attackers attackers) throws InterruptedException {
        double perLook = options.number("again", 12) * LOOK_MILLIS / 1000;
        long end = System.nanoTime() + (long) (1e9 * options.number("seconds", 60));
        double owed = 0;
        int begun = 0;
        while (System.nanoTime() < end) {
            if (begun < connections) {
                int more = Math.min(PER_LOOK, connections - begun);
                attackers.open(more);
                begun += more;
            } else {
                owed += perLook;
                attackers.open((int) owed);
                owed -= (int) owed;
                attackers.keep(connections);
            }
            attackers.goOn();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /**
     * On a running bridge: {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.Attack --url
     * http://127.0.0.1:8080 --token dvt_… --kind stalled-bodies}
     * ({@code --kind} one of {@code stalled-bodies stalled-heads unread-answers unread-refusals idle};
     * {@code --connections 2500}, {@code --again 12} a second, {@code --seconds 60}, {@code --rate 20} messages a second
     * of the phone, {@code --from 127.0.0.1} the attacker's address, {@code --before 10} seconds of peace).
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new Attack(Options.parse(
                        args, "url", "token", "kind", "connections", "again", "seconds", "rate", "from", "before"))
                .run();
        System.exit(0);
    }
}
