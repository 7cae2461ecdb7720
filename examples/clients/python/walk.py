"""Pairs a phone, has an SMS delivered, and sends one: with the client that openapi-python-client makes."""

import json
import os
import time

from erp_bridge_client import AuthenticatedClient
from erp_bridge_client.api.connections import create_connection
from erp_bridge_client.api.devices import pair_device
from erp_bridge_client.api.inbound import send_inbound
from erp_bridge_client.api.messages import get_message
from erp_bridge_client.api.rules import create_rule
from erp_bridge_client.api.sending import fetch_outbox, get_outgoing, report_outgoing, send_message
from erp_bridge_client.models import (
    ConnectionSettings,
    FieldProblem,
    InboundMessage,
    NewDevice,
    NewOutgoing,
    OutgoingReport,
    OutgoingReportStatus,
    ReplyAction,
    RuleSettings,
    TextPredicate,
    TextPredicateOp,
)

bridge = os.environ["BRIDGE"]
tenant = AuthenticatedClient(base_url=bridge, token=os.environ["API_KEY"])

paired = pair_device.sync(client=tenant, body=NewDevice(name="Front desk", number="911234500000"))
phone = AuthenticatedClient(base_url=bridge, token=paired.token)

connection = create_connection.sync(
    client=tenant, body=ConnectionSettings(name="My ERP", outbound_url=os.environ["ERP_URL"], concurrency=2)
)
rule = create_rule.sync(
    client=tenant,
    body=RuleSettings(
        name="Balance",
        when=TextPredicate(field="text", op=TextPredicateOp.KEYWORD, value="balance"),
        then=[ReplyAction(type_="reply", text="We have your '{{text}}'")],
    ),
)

receipt = send_inbound.sync(client=phone, body=InboundMessage(from_="919876543210", text="balance"))
message_id = receipt.messages[0].id
for _ in range(100):
    message = get_message.sync(message_id, client=tenant)
    if len(message.deliveries) == 2 and all(d.status != "pending" for d in message.deliveries):
        break
    time.sleep(0.1)

queued = send_message.sync(
    client=tenant, body=NewOutgoing(to="919876543210", text="Your invoice INV-42 is due.", ref="INV-42")
)
for sms in fetch_outbox.sync(client=phone).messages:
    report_outgoing.sync(sms.id, client=phone, body=OutgoingReport(status=OutgoingReportStatus.SENT))
outgoing = get_outgoing.sync(queued.id, client=tenant)

refusal = create_connection.sync(
    client=tenant, body=ConnectionSettings(name="My ERP", outbound_url=os.environ["ERP_URL"], concurrency=0)
)
assert isinstance(refusal, FieldProblem)

print(
    json.dumps(
        {
            "device": paired.id,
            "connection": connection.id,
            "rule": rule.id,
            "message": message.id,
            "matchedRule": message.matched_rule_id,
            "deliveries": sorted(f"{d.target.type_} {d.status}" for d in message.deliveries),
            "outgoing": outgoing.id,
            "status": outgoing.status,
            "refused": refusal.errors[0].field,
        }
    )
)
