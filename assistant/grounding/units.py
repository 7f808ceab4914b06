"""Units of measure, and what else numbers stand before."""

_UNITS_LIST = (
    "mile/miles/mi kilometre/kilometres/kilometer/kilometers/km metre/metres/meter/meters/m "
    "centimetre/centimetres/centimeter/centimeters/cm millimetre/millimetres/millimeter/mm "
    "foot/feet/ft inch/inches yard/yards/yd acre/acres hectare/hectares/ha knot/knots kph/kmh mph "
    "gram/grams/g kilogram/kilograms/kg/kilo/kilos pound/pounds/lb/lbs ton/tons tonne/tonnes "
    "ounce/ounces litre/litres/liter/liters gallon/gallons barrel/barrels "
    "second/seconds minute/minutes hour/hours/hr/hrs day/days week/weeks month/months "
    "year/years decade/decades century/centuries "
    "percent dollar/dollars/usd/$ euro/euros/eur/€ £/gbp rouble/roubles/ruble/rubles yen "
    "franc/francs "
    "watt/watts kilowatt/kilowatts/kw megawatt/megawatts/mw volt/volts "
    "celsius fahrenheit kelvin byte/bytes kilobyte/kb megabyte/mb gigabyte/gb terabyte/tb "
    "troop/troops soldier/soldiers officer/officers ship/ships aircraft tank/tanks "
    "people/person/persons member/members country/countries state/states"
)
UNITS = {form: forms.split("/")[0] for forms in _UNITS_LIST.split() for form in forms.split("/")}
"""How each unit is called, by all that it is written as."""
# What is counted may be called otherwise; what measures may not.
_COUNTED_LIST = (
    "troop soldier officer ship aircraft tank people member country state second pound foot"
)
COUNTED = frozenset(_COUNTED_LIST.split())
"""Units that are as often other words, or may be called otherwise."""
