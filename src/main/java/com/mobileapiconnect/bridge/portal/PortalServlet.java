package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.RawBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the pages of the portal to those who have signed in, and to all others the page on which they can. */
class PortalServlet extends HttpServlet {

    static final String FORM_TOKEN = "formToken";

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(PortalServlet.class);
    private static final int LARGEST_FORM = 1 << 20;
    private static final int FORBIDDEN = HttpServletResponse.SC_FORBIDDEN;
    private static final long LONGEST_MILLIS = 60_000;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private final transient Map<String, PortalPage> pages;
    private final transient SignIn signIn;
    private final transient Api api;
    private final transient Live live;
    private final transient Exports exports;

    PortalServlet(Map<String, PortalPage> pages, SignIn signIn, Api api, Live live, Exports exports) {
        this.pages = pages;
        this.signIn = signIn;
        this.api = api;
        this.live = live;
        this.exports = exports;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Session> session = signIn.session(request);
        if (session.isEmpty() && SignIn.isByItself(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED); // a script of the page says so
        } else if (session.isEmpty()) {
            write(request, response, frame(request, null, null), signIn.asked(request, null));
        } else if (request.getServletPath().equals(SignIn.PATH)) {
            SignIn.isThere(request, response, session.get());
        } else {
            serve(request, response, session.get(), Form.of(request.getQueryString()));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Session> session = signIn.session(request);
        String parts = Multipart.type(request);
        byte[] body;
        try {
            body = RawBody.read(request, parts == null ? LARGEST_FORM : RawBody.LARGEST);
        } catch (Problem e) {
            int status = e.status().value();
            error(request, response, session.orElse(null), status, Integer.toString(status), "");
            return;
        }
        String written = parts == null ? new String(body, StandardCharsets.UTF_8) : "";
        Form form = parts != null && session.isPresent() ? Multipart.read(parts, body) : Form.of(written);
        boolean ours = comesFromUs(request);
        if (ours && request.getServletPath().equals(SignIn.PATH)) {
            signIn(request, response, form);
        } else if (session.isEmpty()) {
            Typed typed = ours ? Typed.of(request, written) : null;
            write(request, response, frame(request, null, null), signIn.asked(request, typed));
        } else if (!ours || !session.get().isFormToken(token(request, form))) {
            Typed typed = ours ? Typed.of(request, written) : null;
            if (typed != null && typed.isOf(session.get())) {
                show(request, response, session.get(), typed); // somebody has signed in anew since it was drawn
            } else {
                error(request, response, session.get(), FORBIDDEN, "form", "");
            }
        } else if (request.getServletPath().equals(SignIn.OUT)) {
            signIn.end(response, session.get());
            Written.sendTo(response, SignIn.PATH);
        } else {
            once(request, response, session.get(), form, SentForms.form(request, form));
        }
    }

    /**
     * Serves a form that was sent, but the same one only once.
     *
     * @param sent what tells it from others; null if it changes nothing
     */
    private void once(
            HttpServletRequest request, HttpServletResponse response, Session session, Form form, @Nullable String sent)
            throws IOException {
        if (sent == null || Live.isAsked(request) || request.getRequestURI().endsWith(Exports.FILE)) {
            serve(request, response, session, form);
            return;
        }
        SentForms.Turn turn = session.sent().send(sent);
        if (!turn.first()) {
            again(request, response, session, turn.answer());
            return;
        }
        FormResponse held = new FormResponse(response, session.sent(), turn);
        try {
            serve(request, held, session, form);
        } catch (IOException | RuntimeException | Error e) {
            session.sent().failed(turn, e);
            throw e;
        }
        if (!request.isAsyncStarted()) {
            FormResponse.end(held);
        }
    }

    /** Answers a form that was sent before as it was answered then, as soon as it is. */
    private void again(
            HttpServletRequest request,
            HttpServletResponse response,
            Session session,
            CompletableFuture<FormAnswer> before) {
        AsyncContext async = request.startAsync();
        async.setTimeout(LONGEST_MILLIS);
        before.whenComplete((answer, failure) -> async.start(() -> {
            try {
                if (failure != null) {
                    failed(request, response, session, failure);
                } else if (answer == FormAnswer.FORGOTTEN) {
                    error(request, response, session, HttpServletResponse.SC_CONFLICT, "sent", "");
                } else {
                    answer.write(response);
                }
            } catch (IOException e) {
                LOG.debug("The reader has gone", e);
            } finally {
                async.complete();
            }
        }));
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response, Form form) throws IOException {
        SignIn.Tried tried = signIn.tried(request, response, form);
        Session opened = tried.opened();
        Typed typed = Typed.carried(form);
        if (opened != null && typed != null && typed.isOf(opened)) {
            show(request, response, opened, typed);
        } else {
            answer(request, response, null, null, tried.reply());
        }
    }

    /** Shows what somebody had typed and could not send. Nothing of it is done before it is sent from the page that is shown. */
    private void show(HttpServletRequest request, HttpServletResponse response, Session session, Typed typed)
            throws IOException {
        List<String> parts = parts(typed.draft());
        PortalPage page = parts.isEmpty() ? null : pages.get("/" + parts.get(0));
        Reply reply = Typed.page(typed);
        if (page != null && typed.isBuilt()) {
            try {
                Form form = typed.form();
                reply = page.act(new Visit(request, response, api, session, form, parts.subList(1, parts.size())));
            } catch (Answer.Refused e) {
                LOG.debug("The form is gone", e);
            }
        }
        if (reply instanceof Reply.Shown shown) {
            Frame frame = frame(request, session, page == null ? null : page.place());
            write(request, response, frame.noticing("typed.notyet"), shown);
        } else {
            answer(request, response, session, null, reply);
        }
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }

    /** A browser says whose page sent a form; one that says nothing is held by the form's token alone. */
    private static boolean comesFromUs(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    private static @Nullable String token(HttpServletRequest request, Form form) {
        String header = request.getHeader("X-Form-Token");
        return header == null ? form.get(FORM_TOKEN) : header;
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, Session session, Form form)
            throws IOException {
        List<String> parts = parts(path(request));
        PortalPage page = pages.get(parts.isEmpty() ? "/" : "/" + parts.get(0));
        if (page == null || !parts.stream().allMatch(part -> PLAIN.matcher(part).matches())) {
            error(request, response, session, HttpServletResponse.SC_NOT_FOUND, "404", "");
            return;
        }
        List<String> behind = parts.isEmpty() ? parts : parts.subList(1, parts.size());
        Visit visit = new Visit(request, response, api, session, form, behind);
        Reply reply;
        try {
            if (Live.isAsked(request)) {
                watch(request, response, session, page, visit);
                return;
            } else if (Exports.isAsked(visit)) {
                exports.write(response, visit, page.table(visit.above()));
                return;
            }
            reply = request.getMethod().equals("POST") ? page.act(visit) : page.show(visit);
        } catch (RuntimeException e) {
            if (parts.isEmpty()
                    && e instanceof Answer.Refused refused
                    && refused.answer().status() == FORBIDDEN) {
                toFirstPage(request, response, session);
            } else {
                failed(request, response, session, e);
            }
            return;
        }
        answer(request, response, session, page.place(), reply);
    }

    /** Leads a key that may not see the first page to one that it may see. */
    private void toFirstPage(HttpServletRequest request, HttpServletResponse response, Session session)
            throws IOException {
        for (Place place : Place.values()) {
            PortalPage page = pages.get(place.path());
            if (place != Place.HOME && !place.ofOperator() && page != null) {
                try {
                    page.show(new Visit(request, response, api, session, new Form(Map.of()), List.of()));
                    Written.sendTo(response, place.path());
                    return;
                } catch (Answer.Refused e) {
                    LOG.debug("Not this page", e);
                }
            }
        }
        error(request, response, session, FORBIDDEN, "nopage", "");
    }

    /** Goes on showing a page; it is drawn again when this request may be gone. */
    private void watch(
            HttpServletRequest request, HttpServletResponse response, Session session, PortalPage page, Visit visit)
            throws IOException {
        Frame frame = frame(request, null, page.place());
        Visit later = visit.detached();
        live.open(
                request,
                response,
                session,
                new LiveId(
                        session.tenantId(),
                        session.key(),
                        request.getRequestURI() + "?" + request.getQueryString(),
                        frame.texts().language()),
                () -> LivePart.of(page.show(later), frame));
    }

    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return request.getServletPath() + (rest == null ? "" : rest);
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Session session,
            @Nullable Place place,
            Reply reply)
            throws IOException {
        if (reply instanceof Reply.Elsewhere elsewhere) {
            Written.sendTo(response, elsewhere.path());
        } else if (reply instanceof Reply.Shown shown) {
            write(request, response, frame(request, session, place), shown);
        } else if (reply instanceof Reply.File file) {
            Written.file(response, file);
        } else if (reply instanceof Reply.Later later) {
            AsyncContext async = request.startAsync();
            async.setTimeout(LONGEST_MILLIS);
            later.answer()
                    .whenComplete((done, failure) -> async.start(() -> {
                        try {
                            if (failure != null) {
                                failed(request, response, session, failure);
                            } else {
                                answer(
                                        request,
                                        response,
                                        session,
                                        place,
                                        later.then().apply(done));
                            }
                        } catch (RuntimeException e) {
                            failedLate(request, response, session, e);
                        } catch (IOException e) {
                            LOG.debug("The reader has gone", e);
                        } finally {
                            ended(response);
                            async.complete();
                        }
                    }));
        }
    }

    private static void ended(HttpServletResponse response) {
        try {
            FormResponse.end(response);
        } catch (IOException e) {
            LOG.debug("The reader has gone", e);
        }
    }

    private void failedLate(
            HttpServletRequest request, HttpServletResponse response, @Nullable Session session, RuntimeException e) {
        try {
            failed(request, response, session, e);
        } catch (IOException gone) {
            LOG.debug("The reader has gone", gone);
        }
    }

    private void failed(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Session session,
            @Nullable Throwable failure)
            throws IOException {
        Throwable cause = failure instanceof java.util.concurrent.CompletionException ? failure.getCause() : failure;
        if (Live.isAsked(request)) {
            response.setStatus(
                    cause instanceof Answer.Refused refused ? refused.answer().status() : 500);
        } else if (cause instanceof Answer.Refused refused) {
            Answer answer = refused.answer();
            if (answer.status() == HttpServletResponse.SC_UNAUTHORIZED && session != null) {
                signIn.end(response, session);
                write(request, response, frame(request, null, null), signIn.asked(request, null));
            } else {
                error(request, response, session, answer.status(), Integer.toString(answer.status()), answer.detail());
            }
        } else if (cause instanceof UncheckedIOException) {
            LOG.debug("The reader has gone", cause);
        } else {
            LOG.error("A page failed because of a bug", cause);
            error(request, response, session, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "500", "");
        }
    }

    private static void error(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Session session,
            int status,
            String what,
            String detail)
            throws IOException {
        write(request, response, frame(request, session, null), ErrorPage.of(request, session, status, what, detail));
    }

    private static Frame frame(HttpServletRequest request, @Nullable Session session, @Nullable Place place) {
        Texts texts = Texts.of(request);
        String said = Form.of(request.getQueryString()).get("said");
        return new Frame(texts, session, place, "", texts.has("said." + said) ? "said." + said : null);
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, Frame frame, Reply.Shown shown)
            throws IOException {
        Written.page(request, response, shown.status(), Templates.render(frame.titled(shown.title()), shown));
    }
}
