#pragma once
#include "corpus/database.h"

namespace nhanrong::corpus {

/// Version of the schema that this program makes: the number of the last file in corpus/schema/.
int newest_schema_version();

/// Version of the schema in a database; 0: empty.
int schema_version(Database& database);

/// A newer schema: throws CatalogueError "catalogue_newer". Only reads.
void refuse_newer_schema(Database& database);

/// Applies what is missing of corpus/schema/*.sql in one transaction.
void migrate(Database& database);

}  // namespace nhanrong::corpus
