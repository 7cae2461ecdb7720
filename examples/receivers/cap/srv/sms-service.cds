// What the rest of the application subscribes to; see sms-service.js.
@protocol: 'none'
service SmsService {
  event received : {
    delivery : String;
    message  : String;
    attempt  : Integer;
    event    : {
      ![from]    : String;
      to         : String;
      text       : LargeString;
      ref        : String;
      receivedAt : Timestamp;
      deviceId   : String;
      tenantId   : String;
      tenantName : String;
      matchedRuleId : String;
    };
  }
}
