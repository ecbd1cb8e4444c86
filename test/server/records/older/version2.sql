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
INSERT INTO "migrations" VALUES (1, 'requests', 1795737823056);
INSERT INTO "migrations" VALUES (2, 'comments, scenarios, acknowledgements, configuration and audit', 1795737823070);
INSERT INTO "requests" VALUES ('1d97606d-f611-4ce3-aace-e1c9c782725c', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO "requests" VALUES ('759db27d-1592-4c08-a152-617e7b107062', 'small', 'pothole', -56.17, -34.89, 'Ñandú  «ок» 🚌', 1700000000000);
INSERT INTO "requests" VALUES ('63167d68-a68c-48ee-bda6-4c9c7df82215', 'small', 'pothole', -56.17, -34.89, '', 1700000000000);
INSERT INTO "requests" VALUES ('9c0aa67e-dd44-480e-9aa3-7c0195ca42d9', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO "scenarios" VALUES ('ab57c2b5-f8fd-4423-869c-9a8784fb97d7', 'small', 'Close the bridge', '[{"kind":"setLinkClosed","link":3,"isClosed":true}]', 3600, 2);
INSERT INTO "comments" VALUES ('5c123a66-7ecd-455b-9559-d2b8081fe0be', '9c0aa67e-dd44-480e-9aa3-7c0195ca42d9', NULL, 'Still there', 'en', 3);
INSERT INTO "comments" VALUES ('f3acb2c0-64e1-47f1-96fd-f9f823d8c00c', NULL, 'ab57c2b5-f8fd-4423-869c-9a8784fb97d7', 'Still there', 'en', 3);
INSERT INTO "acknowledgements" VALUES ('4cce134d-d21b-4b5a-b49c-ca83b03aa409', 'alarm:customersOut', 'Shift 2', 4);
INSERT INTO "configuration" VALUES ('limits', '{"queueM":150}', 1795737823454);
INSERT INTO "audit" VALUES (1, 1795737823115, 'anyone', 'file', 'request:1d97606d-f611-4ce3-aace-e1c9c782725c', '{"sha256":"a0fa56c4490b575d0b3cedaec8bab192972755d00e15873d0aade9b6f2fd5fb4"}', '0000000000000000000000000000000000000000000000000000000000000000', '0c269e240d1770b5ae7aa87d608ec9251b4ab21125ab0fb150d44d0a228779ce');
INSERT INTO "audit" VALUES (2, 1795737823122, 'anyone', 'file', 'request:759db27d-1592-4c08-a152-617e7b107062', '{"sha256":"1522eb8e1c7961b020e73949e5e70cffdca249b95f87d33f4000330f0478d120"}', '0c269e240d1770b5ae7aa87d608ec9251b4ab21125ab0fb150d44d0a228779ce', '57eee40e67202f4be200d16336f8af9ca67feab16e5f3a5fba38029a8d804794');
INSERT INTO "audit" VALUES (3, 1795737823125, 'anyone', 'file', 'request:63167d68-a68c-48ee-bda6-4c9c7df82215', '{"sha256":"1425cddd2c0fcacc12db3970c14b4c78a03a5a4f895db79586bac8bcce4a4629"}', '57eee40e67202f4be200d16336f8af9ca67feab16e5f3a5fba38029a8d804794', '0d18454b522f306e28c8143328714183e4eb5024980a740ca8b4f64ad5e71da7');
INSERT INTO "audit" VALUES (4, 1795737823127, 'anyone', 'file', 'request:9c0aa67e-dd44-480e-9aa3-7c0195ca42d9', '{"sha256":"347340ee161315437641369d74daf9539373bbb35d511fc4ffa6c3162ee14ba9"}', '0d18454b522f306e28c8143328714183e4eb5024980a740ca8b4f64ad5e71da7', '42794824020dab90f8cc31d6b010dd86e72b8548fdb80188c2234080b78f951a');
INSERT INTO "audit" VALUES (5, 1795737823128, 'anyone', 'save', 'scenario:ab57c2b5-f8fd-4423-869c-9a8784fb97d7', '{"sha256":"b383cf47ba8d1b2d620b16929a5bbcd31b190f4817b6c9c7564a1b4bf8692cec"}', '42794824020dab90f8cc31d6b010dd86e72b8548fdb80188c2234080b78f951a', 'ed97845b2224d2e0d3b09b62131076ba9f134d1bc8556acd93c17604a7909eb3');
INSERT INTO "audit" VALUES (6, 1795737823416, 'anyone', 'comment', 'comment:5c123a66-7ecd-455b-9559-d2b8081fe0be', '{"sha256":"f5d153197a9b34fa2d56e8e54e1af711885462bd5e467f26e4df22812789c0d6"}', 'ed97845b2224d2e0d3b09b62131076ba9f134d1bc8556acd93c17604a7909eb3', '091d1228636b7a8969f19964371d2ff2ce94145c4ed92ac7f01a7a2d6b96876c');
INSERT INTO "audit" VALUES (7, 1795737823422, 'anyone', 'comment', 'comment:f3acb2c0-64e1-47f1-96fd-f9f823d8c00c', '{"sha256":"59f2cd698c9a427f68e27bb424c3a3b67b169a8f7b175ebc3b5253b3be00463d"}', '091d1228636b7a8969f19964371d2ff2ce94145c4ed92ac7f01a7a2d6b96876c', '53aed3164277a7b462a1bf9c1d8acc655217289a92124671ff6504cdef2e3e08');
INSERT INTO "audit" VALUES (8, 1795737823440, 'anyone', 'acknowledge', 'acknowledgement:4cce134d-d21b-4b5a-b49c-ca83b03aa409', '{"sha256":"24b50c539975150f60ebcce55b2e64a4671e408f656eaadfe2999c6c1d73288f"}', '53aed3164277a7b462a1bf9c1d8acc655217289a92124671ff6504cdef2e3e08', '99c8b844250453b0494051533d3cb2e4c654423f9f2fdce38d3759da8f710020');
INSERT INTO "audit" VALUES (9, 1795737823445, 'console', 'configure', 'configuration:limits', '{"sha256":"69dd29168e81b31b83cfac931bbffb8ffd756ad491030f074ff8460547e018df"}', '99c8b844250453b0494051533d3cb2e4c654423f9f2fdce38d3759da8f710020', '5d6b49c72916f2d54096784ac8deb75f00157b37959d1d385b6b67473c95b9c8');
INSERT INTO "audit" VALUES (10, 1795737823454, 'console', 'configure', 'configuration:limits', '{"sha256":"10197bd843c0c0b5edf39a135d3c6327349f873b933b076174aa343b248ca863"}', '5d6b49c72916f2d54096784ac8deb75f00157b37959d1d385b6b67473c95b9c8', '93cd36db22a5e71201e1285b7ad3dc520326d85ec5f44b7382af0981f49dc5dc');
INSERT INTO "auditHead" VALUES (1, 10, '93cd36db22a5e71201e1285b7ad3dc520326d85ec5f44b7382af0981f49dc5dc');
CREATE INDEX "requestsByTime" ON requests ("cityId", "filedMs");
CREATE INDEX "scenariosByTime" ON scenarios ("cityId", "savedMs");
CREATE INDEX "commentsOfRequest" ON comments ("requestId");
CREATE INDEX "commentsOfScenario" ON comments ("scenarioId");
CREATE INDEX "acknowledgementsByTime" ON acknowledgements ("atMs");
CREATE TRIGGER "auditUPDATE" BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER "auditDELETE" BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
