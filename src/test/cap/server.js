// What stands in front of services in the field: a guard against forgery, sessions, and lines that break. A test switches
// them on and off at /control, and reads there what came.
const cds = require('@sap/cds')
const { randomUUID } = require('crypto')

let mode = {}
let calls = []
const tokens = new Map() // by session
const sessions = new Set()

const cookies = req => Object.fromEntries((req.headers.cookie || '').split('; ').map(each => each.split('=')))

/** A token is good only with both cookies that came with it. */
function guard(req, res, next) {
  if (!mode.csrf) return next()
  const session = cookies(req).SAP_SESSIONID
  const token = req.headers['x-csrf-token']
  if (req.method === 'GET') {
    if (/^fetch$/i.test(token || '')) {
      const fresh = randomUUID()
      tokens.set(fresh, randomUUID())
      res.setHeader('X-CSRF-Token', tokens.get(fresh))
      res.setHeader('Set-Cookie', [`SAP_SESSIONID=${fresh}; path=/; HttpOnly`, 'sap-usercontext=sap-client=100; path=/'])
    }
    return next()
  }
  const isGood = session && tokens.get(session) === token && req.headers.cookie.includes('sap-usercontext=')
  if (isGood) return next()
  res.setHeader('X-CSRF-Token', 'Required')
  res.status(403).type('text/plain').send('CSRF token validation failed')
}

/** Older services know batches as multipart alone. */
function batches(req, res, next) {
  const isJson = /json/.test(req.headers['content-type'] || '')
  return mode.onlyMultipart && req.path === '/$batch' && isJson ? res.sendStatus(415) : next()
}

/** Sessions as those of SAP Business One. */
function session(req, res, next) {
  if (!mode.sessions) return next()
  if (req.path === '/Login') {
    const { CompanyDB, UserName, Password } = req.body
    if (CompanyDB !== 'SBODEMO' || UserName !== 'manager' || Password !== 'open-sesame') {
      return res.status(401).json({ error: { code: '100000027', message: 'Login failed' } })
    }
    const fresh = randomUUID()
    sessions.add(fresh)
    res.setHeader('Set-Cookie', [`B1SESSION=${fresh}; HttpOnly`, 'ROUTEID=.node1; path=/b1s'])
    return res.json({ SessionId: fresh, SessionTimeout: 30 })
  }
  if (!sessions.has(cookies(req).B1SESSION) || cookies(req).ROUTEID !== '.node1') {
    return res.status(401).json({ error: { code: '301', message: 'Invalid session or session already timeout.' } })
  }
  if (req.headers.authorization) return res.status(400).send('Credentials beside a session')
  req.headers.authorization = 'Basic ' + Buffer.from('bridge:open-sesame').toString('base64')
  next()
}

/** The record is made, and nobody hears of it. */
function line(req, res, next) {
  if (mode.hangs) return
  if (mode.loses > 0 && req.method !== 'GET') {
    mode.loses--
    res.write = () => true
    res.end = () => req.socket.destroy()
  }
  next()
}

cds.on('bootstrap', app => {
  const express = require('express')
  app.put('/control', express.json(), (req, res) => {
    mode = req.body
    if (mode.forget) {
      tokens.clear()
      sessions.clear()
    }
    calls = []
    res.sendStatus(204)
  })
  app.get('/control', (req, res) => res.json(calls))
  app.use('/odata', (req, res, next) => {
    const call = { method: req.method, path: decodeURIComponent(req.url), status: 0 }
    calls.push(call)
    res.on('finish', () => (call.status = res.statusCode))
    next()
  })
  app.use('/odata/Login', express.json())
  app.use('/odata', line, session, guard, batches)
})
