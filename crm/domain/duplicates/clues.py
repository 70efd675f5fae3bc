"""What speaks for and against, in pieces a person can read; the words are in crm/labels."""

from enum import StrEnum

from crm.domain.duplicates.comparing import Feature


class Clue(StrEnum):
    """A piece of evidence. Its weight says for which side: above zero for one and the same firm."""

    NAME = "name"
    NAME_COMMON = "name_common"
    NUMBER = "number"
    MARKER = "marker"
    FORM = "form"
    FIRST_NAME = "first_name"
    TOWN_IN_NAME = "town_in_name"
    ACRONYM = "acronym"
    ADDRESS = "address"
    HOUSE = "house"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    COUNTRY = "country"
    PHONE = "phone"
    SITE = "site"
    SITE_IS_NAME = "site_is_name"
    EMAIL = "email"
    BUSINESS_ID = "business_id"
    BUSINESS_ID_NEAR = "business_id_near"


_FEATURES = {
    Clue.NAME: (
        *(Feature.NAME_SHARED, Feature.NAME_CONFLICT, Feature.NAME_EXTRA, Feature.NAME_COVERED),
        *(Feature.NAME_SAME, Feature.NAME_LETTERS),
    ),
    Clue.NAME_COMMON: (Feature.NAME_COMMON,),
    Clue.NUMBER: (Feature.NUMBER_DIFFERS, Feature.NUMBER_ADDED),
    Clue.MARKER: (Feature.MARKER_ADDED,),
    Clue.FORM: (Feature.FORM_DIFFERS,),
    Clue.FIRST_NAME: (Feature.FIRST_NAME_DIFFERS, Feature.FIRST_NAME_ADDED),
    Clue.TOWN_IN_NAME: (Feature.TOWN_DIFFERS, Feature.TOWN_ADDED),
    Clue.ACRONYM: (Feature.ACRONYM,),
    Clue.ADDRESS: (Feature.ADDRESS_SAME, Feature.ADDRESS_COMMON),
    Clue.HOUSE: (Feature.HOUSE_DIFFERS,),
    Clue.STREET: (Feature.STREET_DIFFERS,),
    Clue.POSTCODE: (Feature.POSTCODE_SAME, Feature.POSTCODE_DIFFERS),
    Clue.CITY: (Feature.CITY_SAME, Feature.CITY_DIFFERS),
    Clue.COUNTRY: (Feature.COUNTRY_DIFFERS,),
    Clue.PHONE: (Feature.PHONE_SAME, Feature.PHONE_COMMON, Feature.PHONE_DIFFERS),
    Clue.SITE: (
        *(Feature.SITE_SAME, Feature.DOMAIN_SAME, Feature.DOMAIN_COMMON),
        Feature.DOMAIN_DIFFERS,
    ),
    Clue.SITE_IS_NAME: (Feature.DOMAIN_IS_NAME,),
    Clue.EMAIL: (Feature.EMAIL_SAME,),
    Clue.BUSINESS_ID: (Feature.ID_SAME, Feature.ID_DIFFERS),
    Clue.BUSINESS_ID_NEAR: (Feature.ID_NEAR,),
}
# Every feature but the one all pairs have belongs to one clue.
CLUE_OF = {feature: clue for clue, features in _FEATURES.items() for feature in features}
