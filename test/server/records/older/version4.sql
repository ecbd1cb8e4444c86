CREATE TABLE migrations (
      number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, "atMs" INTEGER NOT NULL
    ) STRICT;
CREATE TABLE requests (
  "clientId" TEXT PRIMARY KEY, "cityId" TEXT NOT NULL, "serviceCode" TEXT NOT NULL,
  lng REAL NOT NULL, lat REAL NOT NULL, description TEXT NOT NULL, "filedMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE scenarios (
  "clientId" TEXT PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, name TEXT NOT NULL, edits TEXT NOT NULL,
  "horizonS" INTEGER NOT NULL, "savedMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE comments (
  "clientId" TEXT PRIMARY KEY NOT NULL,
  "requestId" TEXT REFERENCES requests ("clientId"), "scenarioId" TEXT REFERENCES scenarios ("clientId"),
  text TEXT NOT NULL, language TEXT NOT NULL, "filedMs" INTEGER NOT NULL,
  CHECK (("requestId" IS NULL) <> ("scenarioId" IS NULL))
  ) STRICT;
CREATE TABLE acknowledgements (
  "clientId" TEXT PRIMARY KEY NOT NULL, what TEXT NOT NULL, who TEXT NOT NULL, "atMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE configuration (
  key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, "changedMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY NOT NULL, "atMs" INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL, "previousHash" TEXT NOT NULL, hash TEXT NOT NULL
  ) STRICT;
CREATE TABLE "auditHead" (
  id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL
  ) STRICT;
CREATE TABLE "alarmActs" (
  "clientId" TEXT PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, kind TEXT NOT NULL, source INTEGER NOT NULL,
  act TEXT NOT NULL, "untilMs" INTEGER NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, "atMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE "deskActs" (
  "clientId" TEXT PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
  step INTEGER NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL, who TEXT NOT NULL, "atMs" INTEGER NOT NULL
  ) STRICT;
INSERT INTO migrations ("number", "name", "atMs") VALUES (1, 'requests', 1795783851468);
INSERT INTO migrations ("number", "name", "atMs") VALUES (2, 'comments, scenarios, acknowledgements, configuration and audit', 1795783851472);
INSERT INTO migrations ("number", "name", "atMs") VALUES (3, 'what is done about alarms', 1795783851473);
INSERT INTO migrations ("number", "name", "atMs") VALUES (4, 'what is done about incidents, reports and shifts', 1795783851473);
INSERT INTO requests ("clientId", "cityId", "serviceCode", "lng", "lat", "description", "filedMs") VALUES ('6d988fc0-7460-4fe3-ae4a-7a7ecda9b400', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO requests ("clientId", "cityId", "serviceCode", "lng", "lat", "description", "filedMs") VALUES ('fcde0eb9-3c3d-47c1-9aaf-3d9b9f4422a6', 'small', 'pothole', -56.17, -34.89, 'Ñandú  «ок» 🚌', 1700000000000);
INSERT INTO requests ("clientId", "cityId", "serviceCode", "lng", "lat", "description", "filedMs") VALUES ('a173bac2-096a-4380-b511-fd31c4415d66', 'small', 'pothole', -56.17, -34.89, '', 1700000000000);
INSERT INTO requests ("clientId", "cityId", "serviceCode", "lng", "lat", "description", "filedMs") VALUES ('f2df3ade-e6e6-4ee6-a98e-042caa6e1f1b', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO scenarios ("clientId", "cityId", "name", "edits", "horizonS", "savedMs") VALUES ('306f542e-e5a3-4f5c-a7a8-fa0d87a9a984', 'small', 'Close the bridge', '[{"kind":"setLinkClosed","link":3,"isClosed":true}]', 3600, 2);
INSERT INTO comments ("clientId", "requestId", "scenarioId", "text", "language", "filedMs") VALUES ('354c6246-6332-4e9f-a699-9b282655c4b4', 'f2df3ade-e6e6-4ee6-a98e-042caa6e1f1b', NULL, 'Still there', 'en', 3);
INSERT INTO comments ("clientId", "requestId", "scenarioId", "text", "language", "filedMs") VALUES ('99258abe-6ce8-40a2-8b56-f29d6f9e2164', NULL, '306f542e-e5a3-4f5c-a7a8-fa0d87a9a984', 'Still there', 'en', 3);
INSERT INTO acknowledgements ("clientId", "what", "who", "atMs") VALUES ('c92a198b-c4c8-47fd-9aa8-76560aa7b7f5', 'alarm:customersOut', 'Shift 2', 4);
INSERT INTO configuration ("key", "value", "changedMs") VALUES ('limits', '{"queueM":150}', 1795783851525);
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (1, 1795783851480, 'anyone', 'file', 'request:6d988fc0-7460-4fe3-ae4a-7a7ecda9b400', '{"sha256":"5911aa92fd5e600cbbb075f471ac4f06968c5955b093065bf5e58801d1bcfb8b"}', '0000000000000000000000000000000000000000000000000000000000000000', '4cdc261d8468ba856f00b344e7d0084fb38dd60bfc93f4f095a0442a276ad77b');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (2, 1795783851499, 'anyone', 'file', 'request:fcde0eb9-3c3d-47c1-9aaf-3d9b9f4422a6', '{"sha256":"2606e56e4e79b7a452e0f3af1b4b283b0965771df8b280afbeb5927ebca1a340"}', '4cdc261d8468ba856f00b344e7d0084fb38dd60bfc93f4f095a0442a276ad77b', 'e8231eb02e64277397daac2bc0266dca61e9e4448c99c82f748a444386ca26ba');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (3, 1795783851509, 'anyone', 'file', 'request:a173bac2-096a-4380-b511-fd31c4415d66', '{"sha256":"e9b53d02fd141c52be8e954a1cadfb8f87bdc85a694762b70d8b0d4e979edabb"}', 'e8231eb02e64277397daac2bc0266dca61e9e4448c99c82f748a444386ca26ba', '2f6035c3eb72faf213e0a7355faac0cf386a22fbe542d4cbd48ae0eddddd151a');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (4, 1795783851511, 'anyone', 'file', 'request:f2df3ade-e6e6-4ee6-a98e-042caa6e1f1b', '{"sha256":"ca461f7d04afdd89b03c7479e25f49dbd23071824104a84b6c5e34ca63da97e7"}', '2f6035c3eb72faf213e0a7355faac0cf386a22fbe542d4cbd48ae0eddddd151a', 'c126f9aa6413e7603c607b18b6e8d73104346772c8d6feb357611a902e1b38bd');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (5, 1795783851512, 'anyone', 'save', 'scenario:306f542e-e5a3-4f5c-a7a8-fa0d87a9a984', '{"sha256":"6f533288664f6df34bfef923f6712f3e6a406bc28a15b3586a589c2927a01e18"}', 'c126f9aa6413e7603c607b18b6e8d73104346772c8d6feb357611a902e1b38bd', '4d8fc16e08b3c524eac148c178a86fd7c0fee17da90834737834776e68f937e1');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (6, 1795783851515, 'anyone', 'comment', 'comment:354c6246-6332-4e9f-a699-9b282655c4b4', '{"sha256":"e223116a36b4eead5b2d80b20608512360057fd80c23e1695d586441ea65b23b"}', '4d8fc16e08b3c524eac148c178a86fd7c0fee17da90834737834776e68f937e1', '5744e8acdac9db04fcb90ce9530d952f7c554bec604b9378efaeef12ab43ad46');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (7, 1795783851517, 'anyone', 'comment', 'comment:99258abe-6ce8-40a2-8b56-f29d6f9e2164', '{"sha256":"e5bfc3cfd4219dc2aba7bc015c6784b7be8e5eedd9c4d1606877ce2431eda277"}', '5744e8acdac9db04fcb90ce9530d952f7c554bec604b9378efaeef12ab43ad46', 'c8462fdd336f2ba78d2909c347b1b25aedf744efc05153387dab81dec1ada1dc');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (8, 1795783851518, 'anyone', 'acknowledge', 'acknowledgement:c92a198b-c4c8-47fd-9aa8-76560aa7b7f5', '{"sha256":"53dba294a35ac91e28a939ff919939123dc25351b447b514ca9dcf73ed13a74a"}', 'c8462fdd336f2ba78d2909c347b1b25aedf744efc05153387dab81dec1ada1dc', '34403ad95d4b42e88ba7e02af4828fec93c63dab598b2954549858239a2aaf13');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (9, 1795783851520, 'anyone', 'shelve', 'alarmAct:1c2b4857-e04d-4782-a388-930eec4b18f0', '{"sha256":"0e5fe3eff147075c5d23750e395c037d49c741bb8b247ce1497f300051ab6dac"}', '34403ad95d4b42e88ba7e02af4828fec93c63dab598b2954549858239a2aaf13', '53146efc3a739c58695ee260347a9be7b83a3b1e1dc5e40c808d6f38d0b25d9d');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (10, 1795783851521, 'anyone', 'open', 'deskAct:0569eab6-2682-4ba2-aef6-98beaa6023b9', '{"sha256":"3e5a3c7151f94b503771388eadb80531cf36a19b17cddfc88ece158d44ea6abc"}', '53146efc3a739c58695ee260347a9be7b83a3b1e1dc5e40c808d6f38d0b25d9d', '40931b269c62da4bd4540930f6cfdce83986cf395fc6d8851824ddbc52e459a6');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (11, 1795783851522, 'anyone', 'own', 'deskAct:0f60f192-2a6a-47b0-8c94-8d54e73eb69e', '{"sha256":"f0f22866cedfef3043d232ec1d90dbd0f5c47ef9a1cfc99e4b4eb966e46c6af6"}', '40931b269c62da4bd4540930f6cfdce83986cf395fc6d8851824ddbc52e459a6', '812bae34a51ec28c5f34d8ccd16309032452a87a5cc0a1e8ddce0488d28eba8d');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (12, 1795783851524, 'console', 'configure', 'configuration:limits', '{"sha256":"28aa0669aa0b5f02b0d7ff9d9c9208cfae0e7b73d7fb616352bc8a4ed3845590"}', '812bae34a51ec28c5f34d8ccd16309032452a87a5cc0a1e8ddce0488d28eba8d', 'f3af7e263a1898252ad08841a356ca4b2cf1c00ccc160ab093b051627bc989c2');
INSERT INTO audit ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (13, 1795783851525, 'console', 'configure', 'configuration:limits', '{"sha256":"a150943deed3c66c1259984b097f5f71fca4f9d6bde78689425312300fc7c716"}', 'f3af7e263a1898252ad08841a356ca4b2cf1c00ccc160ab093b051627bc989c2', '0e22afb33cdc330e81d3020665097af09024dcd6a2b2379364e3c355de96b367');
INSERT INTO auditHead ("id", "seq", "hash") VALUES (1, 13, '0e22afb33cdc330e81d3020665097af09024dcd6a2b2379364e3c355de96b367');
INSERT INTO alarmActs ("clientId", "cityId", "kind", "source", "act", "untilMs", "reason", "who", "atMs") VALUES ('1c2b4857-e04d-4782-a388-930eec4b18f0', 'small', 'substationOut', 0, 'shelve', 3600005, 'Crew on site', 'Shift 2', 5);
INSERT INTO deskActs ("clientId", "cityId", "kind", "subject", "step", "act", "detail", "who", "atMs") VALUES ('0569eab6-2682-4ba2-aef6-98beaa6023b9', 'small', 'incident', '0569eab6-2682-4ba2-aef6-98beaa6023b9', 0, 'open', '{"of":{"what":"words","title":"A tree on the road"}}', 'Shift 2', 6);
INSERT INTO deskActs ("clientId", "cityId", "kind", "subject", "step", "act", "detail", "who", "atMs") VALUES ('0f60f192-2a6a-47b0-8c94-8d54e73eb69e', 'small', 'incident', '0569eab6-2682-4ba2-aef6-98beaa6023b9', 1, 'own', '{}', 'Shift 2', 6);
CREATE INDEX "requestsByTime" ON requests ("cityId", "filedMs");
CREATE INDEX "scenariosByTime" ON scenarios ("cityId", "savedMs");
CREATE INDEX "commentsOfRequest" ON comments ("requestId");
CREATE INDEX "commentsOfScenario" ON comments ("scenarioId");
CREATE INDEX "acknowledgementsByTime" ON acknowledgements ("atMs");
CREATE TRIGGER "auditUPDATE" BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER "auditDELETE" BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE INDEX "alarmActsByTime" ON "alarmActs" ("cityId", "atMs");
CREATE UNIQUE INDEX "deskActsBySubject" ON "deskActs" ("cityId", kind, subject, step);
CREATE INDEX "deskActsByTime" ON "deskActs" ("cityId", "atMs");
