"""FHIR R4 at the edge: what comes in is read here and becomes rows by actions of lower areas."""
