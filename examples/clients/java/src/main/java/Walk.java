import com.example.bridge.ApiClient;
import com.example.bridge.ApiException;
import com.example.bridge.api.ConnectionsApi;
import com.example.bridge.api.DevicesApi;
import com.example.bridge.api.InboundApi;
import com.example.bridge.api.MessagesApi;
import com.example.bridge.api.RulesApi;
import com.example.bridge.api.SendingApi;
import com.example.bridge.model.*;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pairs a phone, has an SMS delivered, and sends one: with the client that openapi-generator makes. */
public final class Walk {

    private static ApiClient as(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("BRIDGE"));
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        return client;
    }

    private static ConnectionSettings settings(int concurrency) {
        return new ConnectionSettings()
                .name("My ERP")
                .outboundUrl(java.net.URI.create(System.getenv("ERP_URL")))
                .concurrency(concurrency);
    }

    public static void main(String[] args) throws Exception {
        ApiClient tenant = as(System.getenv("API_KEY"));
        PairedDevice paired =
                new DevicesApi(tenant).pairDevice(new NewDevice().name("Front desk").number("911234500000"));
        ApiClient phone = as(paired.getToken());

        Connection connection = new ConnectionsApi(tenant).createConnection(settings(2));
        Rule rule = new RulesApi(tenant)
                .createRule(new RuleSettings()
                        .name("Balance")
                        .when(new Condition(new TextPredicate()
                                .field(TextPredicate.FieldEnum.TEXT)
                                .op(TextPredicate.OpEnum.KEYWORD)
                                .value("balance")))
                        .then(List.of(new ActionSettings(new ReplyAction()
                                .type(ReplyAction.TypeEnum.REPLY)
                                .text("We have your '{{text}}'")))));

        Receipt receipt = new InboundApi(phone)
                .sendInbound(
                        new Inbound(new InboundMessage().from("919876543210").text("balance")), null, null, null);
        String messageId = receipt.getMessages().get(0).getId();
        Message message = new MessagesApi(tenant).getMessage(messageId);
        for (int tries = 0; tries < 100 && !isDelivered(message); tries++) {
            Thread.sleep(100);
            message = new MessagesApi(tenant).getMessage(messageId);
        }

        SendingApi sending = new SendingApi(tenant);
        QueuedAnswer queued = sending.sendMessage(
                new NewOutgoing()
                        .to("919876543210")
                        .text("Your invoice INV-42 is due.")
                        .ref("INV-42"),
                null);
        SendingApi outbox = new SendingApi(phone);
        for (OutboxMessage sms : outbox.fetchOutbox(0).getMessages()) {
            outbox.reportOutgoing(sms.getId(), new OutgoingReport().status(OutgoingReport.StatusEnum.SENT));
        }
        Outgoing outgoing = sending.getOutgoing(queued.getId());

        ObjectMapper json = tenant.getObjectMapper();
        String refused;
        try {
            new ConnectionsApi(tenant).createConnection(settings(0));
            throw new IllegalStateException("must be refused");
        } catch (ApiException e) {
            refused = json.readValue(e.getResponseBody(), FieldProblem.class)
                    .getErrors()
                    .get(0)
                    .getField();
        }

        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("device", paired.getId());
        seen.put("connection", connection.getId());
        seen.put("rule", rule.getId());
        seen.put("message", message.getId());
        seen.put("matchedRule", message.getMatchedRuleId());
        seen.put(
                "deliveries",
                message.getDeliveries().stream()
                        .map(delivery -> delivery.getTarget().getType() + " " + delivery.getStatus())
                        .sorted()
                        .toList());
        seen.put("outgoing", outgoing.getId());
        seen.put("status", outgoing.getStatus().getValue());
        seen.put("refused", refused);
        System.out.println(json.writeValueAsString(seen));
    }

    private static boolean isDelivered(Message message) {
        return message.getDeliveries().size() == 2
                && message.getDeliveries().stream()
                        .noneMatch(delivery -> delivery.getStatus() == DeliveryStatus.PENDING);
    }
}
