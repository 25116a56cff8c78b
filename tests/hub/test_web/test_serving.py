"""`hallq hub serve` as a process: its certificate, its workers, its end."""

import ssl
import warnings
from pathlib import Path

import pytest
import trustme
import urllib3

from hallq.hub.opening import hub_on
from hallq.hub.web.serving import fingerprint
from hallq.protocol import Enrolled
from tests.hub.processes import serving
from tests.hub.test_web.conftest import NORTH
from tests.rig.waiting import until


def _code(db: str, folder: Path) -> str:
    hub, _database = hub_on(db, bytes.fromhex((folder / "hub.key").read_text(encoding="ascii")))
    try:
        hub.create_hall(NORTH, "North", "")
        return hub.invite(NORTH, "Counter 1")
    finally:
        hub.close()


def _pool(context: ssl.SSLContext | None = None) -> urllib3.PoolManager:
    retries = urllib3.Retry(total=8, backoff_factor=0.05, allowed_methods=None, redirect=0)
    return urllib3.PoolManager(ssl_context=context, retries=retries, timeout=60)


@pytest.fixture
def ca(tmp_path: Path) -> trustme.CA:
    """The hall's own CA, and its certificate for this machine."""
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(str(tmp_path / "cert.pem"), append=True)
    return authority


def _trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def _refusal(url: str, context: ssl.SSLContext) -> str:
    with (
        urllib3.PoolManager(ssl_context=context, retries=False) as pool,
        pytest.raises(urllib3.exceptions.SSLError) as refused,
    ):
        pool.request("GET", f"{url}/healthz")
    return str(refused.value)


def test_terminals_pin_the_ca_that_enrolment_brings(tmp_path: Path, ca: trustme.CA) -> None:
    files = {name: str(tmp_path / f"{name}.pem") for name in ("cert", "key", "ca")}
    with serving(
        tmp_path, "--tls-cert", files["cert"], "--tls-key", files["key"], "--tls-ca", files["ca"]
    ) as hub:
        assert hub.url.startswith("https://127.0.0.1:")
        code = _code(str(tmp_path / "hub.db"), tmp_path)
        with _pool(_trusting(ca)) as pool:
            answer = pool.request("POST", f"{hub.url}/v1/halls/{NORTH}/enrol", json={"code": code})
        assert answer.status == 200
        pinned = Enrolled.model_validate_json(answer.data).ca
        with _pool(ssl.create_default_context(cadata=pinned)) as pool:
            assert pool.request("GET", f"{hub.url}/healthz").status == 200
        assert "CERTIFICATE_VERIFY_FAILED" in _refusal(hub.url, _trusting(trustme.CA()))
        old = _trusting(ca)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        old.set_ciphers("DEFAULT:@SECLEVEL=0")
        refusal = _refusal(hub.url, old)  # by the hub: what this side offered did leave it
        assert "PROTOCOL_VERSION" in refusal or "UNEXPECTED_EOF" in refusal
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        with _pool(old) as pool:
            assert pool.request("GET", f"{hub.url}/healthz").status == 200
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert fingerprint((tmp_path / "ca.pem").read_text(encoding="ascii")) in said
    assert code not in said


def test_an_open_bell_does_not_keep_the_hub_from_ending(tmp_path: Path) -> None:
    with serving(tmp_path) as hub, _pool() as pool:
        code = _code(str(tmp_path / "hub.db"), tmp_path)
        enrolled = pool.request("POST", f"{hub.url}/v1/halls/{NORTH}/enrol", json={"code": code}).json()
        headers = {"Authorization": f"Bearer {enrolled['token']}"}
        url = f"{hub.url}/v1/halls/{NORTH}/bell"
        bell = pool.request("GET", url, headers=headers, preload_content=False)
        rings = iter(bell)  # the line is open as long as it lives
        assert next(rings).startswith(b"event: hall")
        hub.stop()
    assert "Traceback" not in (tmp_path / "said").read_text(encoding="utf-8")
    logs = [log.read_text(encoding="utf-8") for log in tmp_path.rglob("hallq.log")]
    assert not [log for log in logs if "timeout graceful shutdown exceeded" in log]


def test_workers_share_one_postgresql_and_a_killed_one_comes_back(
    tmp_path: Path, new_postgresql: str
) -> None:
    with serving(tmp_path, "--db", new_postgresql, "--workers", "2") as hub, _pool() as pool:
        assert pool.request("GET", f"{hub.url}/readyz").status == 200
        code = _code(new_postgresql, tmp_path)
        enrolled = pool.request("POST", f"{hub.url}/v1/halls/{NORTH}/enrol", json={"code": code}).json()
        headers = {"Authorization": f"Bearer {enrolled['token']}", "Connection": "close"}
        hub.kill_worker(0)
        settings = f"{hub.url}/v1/halls/{NORTH}/settings"
        for _ in range(20):
            assert pool.request("GET", settings, headers=headers).status == 200
        assert b"hallq_hub_requests_total" in pool.request("GET", f"{hub.url}/metrics").data
        workers = hub.workers()
        hub.process.kill()
        gone = "the workers leave the address to the next `hallq hub serve`"
        until(lambda: not any(worker.is_running() for worker in workers), gone)
