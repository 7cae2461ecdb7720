const cds = require('@sap/cds')

module.exports = class Desk extends cds.ApplicationService {
  init() {
    const { Strict } = this.entities
    this.before('CREATE', Strict, async req => {
      if (await SELECT.one.from(Strict).where({ ID: req.data.ID })) {
        req.reject(409, `There is a record ${req.data.ID} already`)
      }
    })
    return super.init()
  }
}
