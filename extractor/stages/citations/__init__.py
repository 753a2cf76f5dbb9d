"""Citations (引文): titles in 《》 and document numbers (发文字号), with issuer and relation."""
