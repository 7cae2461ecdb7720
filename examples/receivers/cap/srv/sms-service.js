const cds = require('@sap/cds');

// Replace this with your work. If it throws, the answer is 500 and the bridge tries again.
module.exports = class SmsService extends cds.ApplicationService {
  init() {
    this.on('received', ({ data }) => console.log(JSON.stringify(data)));
    return super.init();
  }
};
