using { cuid } from '@sap/cds/common';

@path: '/odata'
@requires: 'authenticated-user'
service Desk {

  @restrict: [{ grant: '*', to: 'writer' }]
  entity Sms {
    key ID         : String(40);
        sender     : String(40);
        text       : String(1000);
        receivedAt : Timestamp;
        priority   : Integer;
        amount     : Decimal;
        urgent     : Boolean;
        clerk      : String(40);
        madeBy     : String(40) @Core.Computed;
  }

  /** Says 409 to a duplicate by itself. */
  entity Strict {
    key ID   : String(40);
        text : String(1000);
  }

  /** Changed only by who knows the version. */
  entity Versioned {
    key ID         : String(40);
        text       : String(1000);
        clerk      : String(40);
        changedAt  : Timestamp @odata.etag @cds.on.insert: $now @cds.on.update: $now;
  }

  entity Cases {
    key ID    : String(40);
        title : String(200) @mandatory;
        notes : Composition of many {
                  key pos : Integer;
                  text    : String(1000);
                };
  }

  /** Numbers its records itself. */
  entity Tickets : cuid {
    bridgeId : String(40);
    text     : String(1000);
  }
}
