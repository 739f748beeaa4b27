-- Fills an empty event store with sealed events of the usual size, many at once, for the benches that read.
-- $1 number of events · $2 events in a stream · $3 payload of each · $4 metadata of each
insert into events.events (position, stream_key, event_id, recorded_at, revision, schema_version, stream, type, hash,
                           payload, metadata)
select n, md5('stream ' || (n - 1) / $2)::uuid, md5('event ' || n)::uuid, now(), (n - 1) % $2, 1,
       'childcase-' || md5('stream ' || (n - 1) / $2)::uuid, 'ReferralReceived',
       encode(sha256(convert_to($4 || n, 'UTF8')), 'hex'), $3, $4
from generate_series(1, $1::bigint) n;
