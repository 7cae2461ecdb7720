package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.door.Shares;
import com.mobileapiconnect.bridge.thread.Threads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Shows people what happens without being asked: a thread draws the pages that are looked at, each once for all who see
 * the same, and sends what has changed. Deliveries and phones know nothing of it. The cost is that of a single reader more,
 * who rests nine times as long as he reads.
 */
@Component
class Live implements SmartLifecycle {

    /** The windows of one browser that may be seen at once; a window that is hidden has no stream. */
    static final int OF_A_SESSION = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    private static final int SHARE_OF_A_TENANT = 4;
    private static final int RESTS = 9;
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long THREAD_SECONDS = 20;

    private final Sessions sessions;
    private final Shares<String> places;
    private final LongSupplier nanoTime;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("portal");

    private final Map<LiveId, LiveView> views = new LinkedHashMap<>(); // guarded by itself
    private final LiveTurns turns;
    private volatile boolean running;
    private boolean scheduled; // guarded by views
    private long beatAt;

    @Autowired
    Live(Sessions sessions, PortalSettings settings) {
        this(sessions, settings, System::nanoTime);
    }

    Live(Sessions sessions, PortalSettings settings, LongSupplier nanoTime) {
        this.sessions = sessions;
        this.places = new Shares<>(settings.streams(), Math.max(1, settings.streams() / SHARE_OF_A_TENANT));
        this.nanoTime = nanoTime;
        this.turns = new LiveTurns(nanoTime);
        this.beatAt = nanoTime.getAsLong() + BEAT_NANOS;
        timer.setKeepAliveTime(THREAD_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** Browsers ask for events at the address of the page itself. */
    static boolean isAsked(HttpServletRequest request) {
        return String.valueOf(request.getHeader("Accept")).startsWith("text/event-stream");
    }

    /**
     * Opens a stream that shows a page anew whenever it changes, beginning with what it looks like now; refuses politely
     * if there are too many.
     *
     * @param drawing see {@link LiveView}
     */
    void open(
            HttpServletRequest request,
            HttpServletResponse response,
            Session session,
            LiveId id,
            Supplier<String> drawing)
            throws IOException {
        LiveView view = view(id, drawing); // drawn before anything is promised, so that a refusal is an answer
        makeRoom(session);
        if (!running || !places.take(id.tenantId(), 1)) {
            response.setHeader("Retry-After", "30");
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // a proxy hands on each event at once
        LiveStream stream;
        try {
            stream = LiveStream.open(request, session, id, this::left, nanoTime);
        } catch (IOException | RuntimeException e) {
            places.giveBack(id.tenantId(), 1);
            throw e;
        }
        synchronized (views) {
            views.merge(id, view, (known, same) -> known).add(stream);
            schedule(EVERY_NANOS);
        }
        if (!running) {
            stream.end(null); // the bridge has begun to stop meanwhile
        } else if (stream.isOver()) {
            left(stream); // the browser has gone meanwhile
        }
    }

    private LiveView view(LiveId id, Supplier<String> drawing) {
        synchronized (views) {
            LiveView known = views.get(id);
            if (known != null) {
                return known;
            }
        }
        LiveView view = new LiveView(id, drawing);
        view.draw();
        return view;
    }

    /** Ends the oldest streams of a browser: they may be of pages that were left, which is noticed only when written to. */
    private void makeRoom(Session session) {
        List<LiveStream> own = all().stream()
                .flatMap(view -> view.streams().stream())
                .filter(stream -> stream.session() == session)
                .sorted(Comparator.comparingLong(LiveStream::opened))
                .toList();
        own.stream().limit(Math.max(0, own.size() - OF_A_SESSION + 1)).forEach(stream -> stream.end(LiveEvent.FULL));
    }

    private Collection<LiveView> all() {
        synchronized (views) {
            return List.copyOf(views.values());
        }
    }

    private void left(LiveStream stream) {
        synchronized (views) {
            LiveView view = views.get(stream.view());
            if (view != null && view.streams().contains(stream)) {
                places.giveBack(stream.view().tenantId(), 1);
                if (view.remove(stream)) {
                    views.remove(stream.view());
                }
            }
        }
    }

    private void schedule(long nanos) {
        if (!scheduled && running && !views.isEmpty()) {
            scheduled = true;
            timer.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void run() {
        long begun = nanoTime.getAsLong();
        try {
            tick();
        } finally {
            long took = nanoTime.getAsLong() - begun;
            synchronized (views) {
                scheduled = false;
                schedule(Math.max(EVERY_NANOS, RESTS * took));
            }
        }
    }

    /** Draws the pages whose turn it is; ends the streams of those who have signed out, or do not read. */
    void tick() {
        long now = nanoTime.getAsLong();
        boolean beat = now - beatAt >= 0;
        if (beat) {
            beatAt = now + BEAT_NANOS;
        }
        for (LiveView view : all()) {
            view.streams().forEach(stream -> look(stream, beat));
        }
        turns.take(all(), Live::draw);
    }

    private void look(LiveStream stream, boolean beat) {
        if (sessions.find(stream.session().id()).isEmpty()) {
            stream.end(LiveEvent.OVER);
        } else if (stream.stuckNanos() > STUCK_NANOS) {
            stream.end(null);
        } else if (beat) {
            stream.beat();
        }
    }

    private static void draw(LiveView view) {
        try {
            view.draw();
        } catch (Answer.Refused refused) {
            int status = refused.answer().status();
            if (status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR && status != 429) {
                view.streams().forEach(stream -> stream.end(LiveEvent.OVER));
            }
        } catch (RuntimeException e) {
            LOG.error("A page cannot be drawn anew because of a bug", e);
            view.streams().forEach(stream -> stream.end(null));
        }
    }

    /** Returns how many pages are drawn. */
    int pages() {
        return all().size();
    }

    int count() {
        return all().stream().mapToInt(view -> view.streams().size()).sum();
    }

    /** Cuts all streams; the browsers come back. */
    void cut() {
        all().forEach(view -> view.streams().forEach(stream -> stream.end(null)));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        cut();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before the web server, which waits for requests under way. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
