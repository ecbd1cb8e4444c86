CREATE TABLE migrations (
  number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, "atMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE requests (
  "clientId" TEXT PRIMARY KEY, "cityId" TEXT NOT NULL, "serviceCode" TEXT NOT NULL,
  lng REAL NOT NULL, lat REAL NOT NULL, description TEXT NOT NULL, "filedMs" INTEGER NOT NULL
  ) STRICT;
INSERT INTO "migrations" VALUES (1, 'requests', 1795737822499);
INSERT INTO "requests" VALUES ('cb327438-30e8-434e-af89-d352d0daacbb', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO "requests" VALUES ('114c732c-65ca-4b70-8a00-1f258b2614d6', 'small', 'pothole', -56.17, -34.89, 'Ñandú «ок» 🚌 it''s', 1700000000001);
INSERT INTO "requests" VALUES ('8341455f-6301-46b0-b050-0ac078d6f957', 'small', 'pothole', -56.17, -34.89, '', 1700000000002);
