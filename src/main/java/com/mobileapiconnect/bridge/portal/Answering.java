package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Does what people ask for on the page of a conversation. */
final class Answering {

    private Answering() {}

    /** Does what a form of the page asks for. */
    static Reply act(Visit visit) {
        Form form = visit.form();
        String number = form.get("number");
        switch (visit.part(1)) {
            case "send" -> {
                ObjectNode sms = Answer.JSON
                        .createObjectNode()
                        .put("to", AnswerBox.plain(number))
                        .put("text", form.raw("text"))
                        .put("deviceId", form.get("deviceId"));
                Answer sent = visit.send("POST", "/v1/messages", sms);
                if (sent.status() == 422) {
                    return Conversation.show(visit, sent);
                }
                sent.orThrow();
                return said(number, "queued");
            }
            case "take-back" -> {
                visit.call(Call.send("DELETE", "/v1/outgoing/" + Query.encoded(form.get("id"))))
                        .orThrow();
                return said(number, "takenback");
            }
            case "opt-out" -> {
                ObjectNode numbers = Answer.JSON.createObjectNode();
                numbers.putArray("numbers").add(number);
                visit.send("POST", "/v1/opt-outs", numbers).orThrow();
                return said(number, "saved");
            }
            case "opt-in" -> {
                visit.call(Call.send("DELETE", AnswerBox.optOut(number))).orThrow();
                return said(number, "saved");
            }
            case "erase" -> {
                if (!form.has("sure")) {
                    return Conversation.show(visit);
                }
                ObjectNode erased = Answer.JSON.createObjectNode().put("number", number);
                visit.send("POST", "/v1/erase", erased).orThrow();
                return Reply.to("/messages?said=erased");
            }
            default -> {
                return Conversation.show(visit);
            }
        }
    }

    private static Reply said(String number, String what) {
        return Reply.to(Conversation.address(number, null) + "&said=" + what);
    }
}
