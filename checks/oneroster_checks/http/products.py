"""Server products by the name with which they begin a `Server` header: any other text there may be anybody's words."""

from __future__ import annotations

import re

# Web servers, proxies and networks that name themselves, in lower case; as their makers document the header.
_KNOWN = frozenset(
    """
    akamaighost akamainetstorage amazons3 apache apache-coyote apigee awselb big-ip bigip caddy cherrypy cloudflare
    cloudfront cowboy daphne ecs envoy ews fastly ghs google gse gunicorn gws haproxy hypercorn iis istio-envoy
    jboss-eap jetty kestrel kong litespeed lighttpd microsoft-azure-application-gateway microsoft-httpapi microsoft-iis
    mod_perl netlify nginx openresty openlitespeed oracle-application-server oracle-http-server passenger
    phusion pepyaka puma sucuri tengine tomcat tornadoserver traefik undertow uvicorn varnish vercel waitress
    weblogic werkzeug wildfly wsgiserver zscaler
    """.split()
)
# The name of a product and its major version: what changes with every small update says nothing.
_PRODUCT = re.compile(r"([\w.+-]{1,60})(/[0-9]{1,4}(?![0-9]))?")


def product_in(header: str) -> str:
    """The first product of a `Server` header with its major version, such as "nginx/1"; "" for an unknown one."""
    found = _PRODUCT.match(header.strip())
    if found is None or found[1].lower() not in _KNOWN:
        return ""
    return found[0]
