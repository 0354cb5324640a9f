// A certified OpenID provider, in memory, that speaks as a broker for MitID does.
//
// node oidc_provider.mjs CONFIG, where CONFIG is the path of a JSON file:
//   { port, clients: [{ client_id, keys, redirect_uri, logout_uri, ended_uri }],
//     people: { subject: claims }, kid, pushed, signed }
// `pushed` and `signed` say whether it offers (true) or demands ("required") such requests.
// Whoever calls plays the browser, and answers the interaction with ?as=SUBJECT or ?refuse=CODE.
// GET /asked tells what the newest interaction was asked, and how.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const home = new URL("../node/node_modules/oidc-provider/lib/index.js", import.meta.url);
const { default: Provider } = await import(home);
const config = JSON.parse(readFileSync(process.argv[2], "utf8"));
const issuer = `http://127.0.0.1:${config.port}`;

function signingKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: config.kid ?? "first" };
}

let asked = null;
const provider = new Provider(issuer, {
  jwks: { keys: [signingKey()] },
  cookies: { keys: ["only for tests"] },
  clients: config.clients.map((client) => ({
    client_id: client.client_id,
    jwks: { keys: client.keys },
    redirect_uris: [client.redirect_uri],
    post_logout_redirect_uris: [client.logout_uri],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: client.keys[0].kty === "EC" ? "ES256" : "RS256",
    backchannel_logout_uri: client.ended_uri,
    backchannel_logout_session_required: true,
    require_signed_request_object: config.signed === "required",
    require_pushed_authorization_requests: config.pushed === "required",
    response_types: ["code"],
    grant_types: ["authorization_code"],
  })),
  // Claims of scope openid stand in the id_token, all others only in userinfo.
  claims: {
    openid: ["sub", "loa"],
    mitid: ["mitid.uuid", "mitid.identity_name", "mitid.has_cpr"],
    ssn: ["dk.cpr"],
    nemlogin: ["roles"],
  },
  scopes: ["openid", "mitid", "ssn"],
  extraParams: ["idp_values", "idp_params", "language"],
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: Boolean(config.pushed) },
    requestObjects: { enabled: Boolean(config.signed) },
  },
  // Its own refuses addresses of this machine, where the portal of a test is.
  fetch: (address, { dispatcher, ...options }) => fetch(address, options),
  interactions: {
    url: (ctx, interaction) => {
      asked = { params: interaction.params, query: Object.keys(ctx.query) };
      return `/interaction/${interaction.uid}`;
    },
  },
  findAccount: (_ctx, subject) => ({
    accountId: subject,
    claims: () => ({ sub: subject, ...config.people[subject] }),
  }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid mitid ssn");
    await grant.save();
    return grant;
  },
});

// For the log that a failing start shows, and for whoever looks why a request was refused.
for (const name of ["authorization.error", "grant.error", "userinfo.error", "server_error",
  "pushed_authorization_request.error", "backchannel.error", "end_session.error"]) {
  provider.on(name, (_ctx, error) => console.error(name, error.error_description ?? error, error.error_detail));
}

const answer = provider.callback();
createServer(async (request, response) => {
  const address = new URL(request.url, issuer);
  if (address.pathname === "/asked") return response.end(JSON.stringify(asked));
  if (!address.pathname.startsWith("/interaction/")) return answer(request, response);
  const refusal = address.searchParams.get("refuse");
  const result = refusal
    ? { error: "access_denied", error_description: refusal }
    : { login: { accountId: address.searchParams.get("as") } };
  await provider.interactionFinished(request, response, result);
}).listen(config.port, "127.0.0.1");
