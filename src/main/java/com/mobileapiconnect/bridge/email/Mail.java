package com.mobileapiconnect.bridge.email;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.WellFormed;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.springframework.web.util.HtmlUtils;

/**
 * The content of an e-mail action. Its text may come from an SMS: it is written as plain text and, escaped, as HTML; a
 * line break in the subject becomes a space, so that nothing becomes a header.
 */
record Mail(List<InternetAddress> to, String subject, String text) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_SUBJECT = 255;

    /** @throws BadMailException if the body is not {@code {"to":[…],"subject","text"}} or an address is invalid */
    static Mail read(byte[] body) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BadMailException("The body of an e-mail is {\"to\":[…],\"subject\",\"text\"} as JSON");
        }
        List<InternetAddress> to = new ArrayList<>();
        for (JsonNode address : json.path("to")) {
            to.add(address(address.asText()));
        }
        if (to.isEmpty() || !json.path("text").isTextual()) {
            throw new BadMailException("An e-mail needs at least one address in \"to\", and \"text\"");
        }
        return new Mail(
                to,
                oneLine(json.path("subject").asText("")),
                WellFormed.of(json.get("text").textValue()));
    }

    /** Parses a plain {@code local@domain} and nothing that could stand for several recipients. */
    private static InternetAddress address(String text) throws BadMailException {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (text.equals(address.getAddress()) && !address.isGroup() && text.indexOf('@') > 0) {
                return address;
            }
        } catch (AddressException e) {
            // reported below
        }
        throw new BadMailException(oneLine(text) + " is not an e-mail address");
    }

    private static String oneLine(String text) {
        String whole = WellFormed.of(text);
        boolean tooLong = whole.codePointCount(0, whole.length()) > MAX_SUBJECT;
        return WellFormed.oneLine(tooLong ? Graphemes.cut(whole, whole.offsetByCodePoints(0, MAX_SUBJECT)) : whole);
    }

    MimeMessage toMime(
            Session session,
            InternetAddress from,
            Collection<InternetAddress> recipients,
            String messageId,
            Instant now)
            throws MessagingException {
        MimeMessage mime = new MimeMessage(session);
        mime.setFrom(from);
        mime.setRecipients(Message.RecipientType.TO, recipients.toArray(InternetAddress[]::new));
        mime.setSubject(subject, StandardCharsets.UTF_8.name());
        mime.setSentDate(Date.from(now));
        mime.setHeader("Message-ID", messageId);
        // RFC 3834: out-of-office replies ignore such mails.
        mime.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, StandardCharsets.UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(html(), StandardCharsets.UTF_8.name(), "html");
        mime.setContent(new MimeMultipart("alternative", plain, html));
        return mime;
    }

    private String html() {
        return "<!DOCTYPE html><html><body><p style=\"white-space:pre-wrap\">" + HtmlUtils.htmlEscape(text, "UTF-8")
                + "</p></body></html>";
    }

    /** Thrown for a mail that can never be sent. */
    static final class BadMailException extends IOException {
        BadMailException(String message) {
            super(message);
        }
    }
}
