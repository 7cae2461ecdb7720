package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.api.PublicUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The list of messages with its search, and the story of one: whether it arrived, and if not, why. */
@Component
class MessagesPage implements PortalPage {

    static final int A_PAGE = 25;

    private final PublicUrl publicUrl;

    MessagesPage(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public Place place() {
        return Place.MESSAGES;
    }

    /** A value that a field of the search may be set to. */
    record Choice(String id, String name) {}

    /**
     * A page of the list.
     *
     * @param elsewhere the page of the id that was typed; null for none
     * @param wrong  why the search could not be made; null if it could
     * @param phones shown where nothing was found: the SMS may still be on one of them
     */
    record Found(
            Form search,
            List<ShownMessage> messages,
            @Nullable String older,
            List<Choice> rules,
            @Nullable String elsewhere,
            @Nullable String wrong,
            List<ShownPhone> phones) {

        boolean filtered() {
            return List.of("q", "status", "rule", "since", "until").stream().anyMatch(search::has);
        }
    }

    /** @param curl a command that asks the API for the same */
    record Story(ShownMessage message, @Nullable ShownPhone phone, String curl, String retryCurl) {}

    @Override
    public Reply show(Visit visit) {
        if (visit.parts() == 0) {
            return list(visit);
        } else if (visit.part(0).equals(Conversation.PART)) {
            return Conversation.show(visit);
        }
        return visit.parts() == 1 ? story(visit, visit.part(0)) : Reply.to("/messages/" + visit.part(0));
    }

    private Reply list(Visit visit) {
        Form search = visit.form();
        String page = Ids.path(visit, search.get("q"));
        if (page != null && !visit.isPart()) {
            return Reply.to(page);
        } else if (page != null) { // a script that shows a part goes nowhere
            return Reply.page(
                    "nav.messages", "messages", new Found(search, List.of(), null, List.of(), page, null, List.of()));
        }
        Answer answer = visit.call(
                search(search).with("limit", Integer.toString(A_PAGE)).with("cursor", search.get("cursor")));
        boolean wrong = answer.status() == 422;
        List<ShownMessage> messages = wrong ? List.of() : answer.list(ShownMessage.class);
        List<Choice> rules = visit.again()
                ? List.of()
                : visit.call(Call.get("/v1/rules").with("limit", "500")).list(Choice.class);
        List<ShownPhone> phones = messages.isEmpty()
                ? visit.call(Call.get("/v1/devices").with("limit", "20")).list(ShownPhone.class)
                : List.of();
        return Reply.page(
                "nav.messages",
                "messages",
                new Found(search, messages, answer.next(), rules, null, wrong ? answer.detail() : null, phones));
    }

    private static Call search(Form search) {
        return Call.get("/v1/messages")
                .with("find", search.get("q"))
                .with("status", search.get("status"))
                .with("rule", search.get("rule"))
                .with("since", When.since(search))
                .with("until", When.until(search));
    }

    private Reply story(Visit visit, String id) {
        ShownMessage message = visit.get("/v1/messages/" + id).as(ShownMessage.class);
        Answer phone = visit.get("/v1/devices/" + message.deviceId());
        String key = " -H \"Authorization: Bearer $API_KEY\" ";
        return Reply.page(
                message.from(),
                "message",
                new Story(
                        message,
                        phone.isGood() ? phone.as(ShownPhone.class) : null,
                        "curl" + key + publicUrl.of("/v1/messages/" + message.id()),
                        "curl -X POST" + key + publicUrl.of("/v1/deliveries/")));
    }

    /** Sends a delivery of a message again, or does something about a number. */
    @Override
    public Reply act(Visit visit) {
        if (visit.part(0).equals(Conversation.PART)) {
            return Answering.act(visit);
        }
        String delivery = visit.form().get("delivery");
        if (visit.parts() != 2 || !visit.part(1).equals("retry") || !delivery.matches(DeliveriesPage.DELIVERY)) {
            return show(visit);
        }
        Answer sent = visit.post("/v1/deliveries/" + delivery + "/retry").orThrow();
        return Reply.to("/messages/" + visit.part(0) + "?said=" + SentAgain.said(sent));
    }

    @Override
    public @Nullable Csv<?> table(Visit visit) {
        if (visit.part(0).equals(Conversation.PART)) {
            return Conversation.table(visit);
        }
        return visit.parts() > 0
                ? null
                : Csv.of("messages", ShownMessage.class, search(visit.form()))
                        .with("id", ShownMessage::id)
                        .with("acceptedAt", ShownMessage::acceptedAt)
                        .with("receivedAt", ShownMessage::receivedAt)
                        .with("from", ShownMessage::from)
                        .with("to", ShownMessage::to)
                        .with("text", ShownMessage::text)
                        .with("ref", ShownMessage::ref)
                        .with("deviceId", ShownMessage::deviceId)
                        .with("sim", ShownMessage::sim)
                        .with("matchedRuleId", ShownMessage::matchedRuleId)
                        .with("fate", message -> message.fate().word())
                        .with("delivered", message -> message.of(Fate.DELIVERED).size())
                        .with("deliveries", message -> message.deliveries().size());
    }
}
